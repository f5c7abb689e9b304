# shellcheck shell=bash
# Sourced. Compiles with one compiler process for all projects of a build, and ends that process with the build.

# Runs dotnet with these arguments. The rooms of netctl are compiled one after the other by a compiler server of this run, which costs half
# of the processor time that a compiler for each costs; also where the environment turns the shared server off. It is ended here, also when
# the build is interrupted. What is not asked of every build, analyzers and code style, is asked by .ci/run.
compile() (
  server=netctl-$$-$RANDOM
  trap 'end_server "$server"' EXIT
  dotnet "$@" -nodeReuse:false -p:UseSharedCompilation=true -p:SharedCompilationId="$server" </dev/null
)

# Ends the compiler server of this name.
end_server() {
  local process
  for process in $(grep -lsE -- "-pipename:$1" /proc/[0-9]*/cmdline); do
    process=${process#/proc/}
    kill "${process%/cmdline}" 2>/dev/null || true
  done
  rm -f "${TMPDIR:-/tmp}/$1"
}

# Properties of a build whose warnings nobody reads.
unanalyzed=(-p:RunAnalyzers=false -p:EnforceCodeStyleInBuild=false)
