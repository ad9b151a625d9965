"""Reports: figures of records by period or group, each line of which leads to the list it counts.

A report is an entry of `registry.REPORTS`; `running.run` asks it under the rights of who acts.
"""
