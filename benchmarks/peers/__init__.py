"""The peers: pinned, installed below ``.cache/bench``, nothing on the system is touched."""
