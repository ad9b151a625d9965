"""The door for SSH clients: a server that lets people sign in, and a process for each session.

`server` listens and knows who came in; it starts `zygote`, which has the console loaded and forks
a child for each session. The server never runs a console, the zygote never opens a database.
"""
