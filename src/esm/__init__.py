"""The enterprise-service-manager desk."""

__version__ = "0.1.0"
