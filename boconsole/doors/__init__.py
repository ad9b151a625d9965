"""How people and programs come in: the one place that knows all three floors."""
