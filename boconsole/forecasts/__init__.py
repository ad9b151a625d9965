"""Forecasts of tickets and cash, with the method named and its error measured."""
