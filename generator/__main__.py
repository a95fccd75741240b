"""The `papershelf` command, for a process that builds and for those that it starts.

These load this module too, so it loads nothing before it is called.
"""


def main() -> None:
    """Do what the command line says."""
    from generator import cli

    cli.main()


if __name__ == "__main__":
    main()
