"""`python -m boconsole`: the same as the installed command."""

from boconsole.doors.main import main

raise SystemExit(main())
