"""The console in a browser: signed in, a process for each page, no file of the server in reach."""
