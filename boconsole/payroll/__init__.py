"""Pay: rules by law and date, pay runs from draft to the books, and pay slips."""
