"""Mail: tickets and replies that come in by it, and replies that go out.

What a message says is data: nothing in it is run, opened or looked up.
"""
