"""The enterprise-service-manager desk."""

__version__ = "0.2.0"
