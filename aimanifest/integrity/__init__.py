"""Digests of the files of a release: taken, written into its manifest, and held against them."""
