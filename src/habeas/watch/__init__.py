"""The watch: clocks that run in case files, and the alerts they raise."""
