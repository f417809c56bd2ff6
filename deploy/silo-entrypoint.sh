#!/bin/sh
# Starts the silo at the container's own address, so that the others find it; further arguments are the silo's.
set -eu
address=$(hostname -i | cut -d ' ' -f 1)
exec dotnet /silo/ApproxCluster.Silo.dll --advertise "$address" --http 0.0.0.0:9600 "$@"
