"""The command line: words in, words and exit codes out. One file per command; ``main`` sends."""
