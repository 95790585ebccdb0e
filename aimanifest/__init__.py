"""Read, check and assess AI manifests."""
__version__ = "0.1.0"
