#!/bin/sh
# Stands in for a tool that needs the world, a registry or a container that answers: writes down how it was called, and all goes well.
case "$*" in
*--password-stdin*) given=" <$(cat)" ;;
esac
echo "${0##*/} $*${given-}" >>"$CALLS"
echo "${0##*/}: done"
