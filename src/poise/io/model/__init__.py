"""The pose model: found, fetched where it is not there, and built lean.

``find`` decides where a bundle comes from, ``fetch`` is the product's only use of the network, ``bundle`` and
``tflite`` put together what was fetched.
"""
