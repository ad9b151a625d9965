"""Invoices, bills, credit notes, payments, and what is open of them."""
