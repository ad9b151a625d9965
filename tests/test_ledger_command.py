"""The books by command, as programs and people use them."""

import json
import shutil
import subprocess
from decimal import Decimal
from pathlib import Path

import pytest

from boconsole.doors.main import main

SHARED = Path(__file__).parent.parent.parent / "shared" / "data" / "ledger"
