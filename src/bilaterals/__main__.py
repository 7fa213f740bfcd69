"""``python -m bilaterals`` is the command ``bilaterals``."""

from bilaterals.cli import main

if __name__ == "__main__":
    main(prog_name="bilaterals")
