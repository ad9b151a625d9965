"""Assets: what there is, who has it, what hangs together, and what it cost."""
