"""``python -m unspoken``: the command line."""

from unspoken.faces.cli.main import main

main()
