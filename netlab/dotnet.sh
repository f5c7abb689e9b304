# shellcheck shell=bash
# Sourced. Compiles with one compiler process for all projects of a build, and ends that process with the build.

# Runs dotnet with these arguments. The twelve projects of netctl are compiled one after the other by a compiler server of this run, which
# costs half of the processor time that twelve compilers cost; also where the environment turns the shared server off. It is ended here: a
# build leaves no process behind. What is not asked of every build, analyzers and code style, is asked by .ci/run.
compile() {
  local server=netctl-$$-$RANDOM status=0
  dotnet "$@" -p:UseSharedCompilation=true -p:SharedCompilationId="$server" </dev/null || status=$?
  local process
  for process in /proc/[0-9]*; do
    if tr '\0' ' ' <"$process/cmdline" 2>/dev/null | grep -q -- "-pipename:$server"; then
      kill "${process#/proc/}" 2>/dev/null || true
    fi
  done
  rm -f "${TMPDIR:-/tmp}/$server"
  return $status
}

# Properties of a build whose warnings nobody reads.
unanalyzed=(-p:RunAnalyzers=false -p:EnforceCodeStyleInBuild=false)
