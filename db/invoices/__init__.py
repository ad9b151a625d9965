"""Invoices, bills, credit notes, payments and open items as they are stored."""
