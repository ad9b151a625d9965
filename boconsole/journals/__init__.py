"""Plain-text accounting: hledger and beancount files read into books, and books written out.

Pure text and numbers: nothing here knows a database, a session or a screen.
"""
