"""The beancount format (version 2 and 3): read, booked and written.

Rules follow the public documentation of beancount: "Language Syntax", "How Inventories Work"
and "Precision & Tolerances".
"""
