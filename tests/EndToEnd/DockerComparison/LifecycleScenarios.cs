using static Net.Tests.EndToEnd.DockerComparison.Differences;
using static Net.Tests.EndToEnd.DockerComparison.Step;

namespace Net.Tests.EndToEnd.DockerComparison;

/// <summary>The life of a container, and how commands end.</summary>
internal static class LifecycleScenarios
{
    /// <summary>From create to rm, with every command also where it does not fit.</summary>
    public static readonly Scenario Life = new(
    [
        Do("create --name box1 IMAGE sleep 1000"),
        Do("ps -a --format '{{.Names}} {{.State}}'"),
        Do("inspect -f '{{.State.Status}} {{.State.Running}} {{.State.Paused}} {{.State.ExitCode}}' box1"),
        Do("exec box1 true")
            .Differs(
                OwnWords,
                docker: "error: Container id 1 is not running",
                netctl: "error: container box1 is not running; start it first"),
        Do("kill box1"),
        Do("pause box1"),
        Do("unpause box1"),
        Do("stop box1"),
        Do("start box1"),
        Do("start box1"),
        Do("inspect -f '{{.State.Status}} {{.State.Running}} {{.State.Paused}} {{.State.ExitCode}}' box1"),
        Do("rm box1")
            .Differs(
                NewerWords,
                docker: "error: You cannot remove a running container id 1. Stop the container before attempting removal or " +
                    "force remove",
                netctl: "error: cannot remove container \"box1\": container is running: stop the container before removing " +
                    "or force remove"),
        Do("pause box1"),
        Do("inspect -f '{{.State.Status}} {{.State.Running}} {{.State.Paused}} {{.State.ExitCode}}' box1"),
        Do("pause box1"),
        Do("exec box1 true"),
        Do("rm box1")
            .Differs(
                NewerWords,
                docker: "error: You cannot remove a paused container id 1. Unpause and then stop the container before " +
                    "attempting removal or force remove",
                netctl: "error: cannot remove container \"box1\": container is paused and must be unpaused first"),
        Do("start box1"),
        Do("unpause box1"),
        Do("unpause box1"),
        Do("pause box1"),
        Do("stop -t 0 box1"),
        Do("inspect -f '{{.State.Status}} {{.State.Running}} {{.State.Paused}} {{.State.ExitCode}}' box1")
            .Differs(FirstProcess, docker: "exited false false 137", netctl: "exited false false 143"),
        Do("restart -t 0 box1"),
        Do("pause box1"),
        Do("kill box1"),
        Do("wait box1"),
        Do("restart -t 0 box1"),
        Do("kill -s NONE box1"),
        Do("kill -s 0x9 box1"),
        Do("rename box1 box2"),
        Do("rename box2 box2"),
        Do("rename box1 box3"),
        Do("rename box2 '/'")
            .Differs(
                OwnWords,
                docker: "error: Invalid container name (/), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed",
                netctl: "error: Neither old nor new names may be empty"),
        Do("rename box2 -bad")
            .Differs(FlagCode, docker: "exit 125", netctl: "exit 1"),
        Do("ps --format '{{.Names}}'"),
        Do("stop -t 0 box2 nobody"),
        Do("wait box2")
            .Differs(FirstProcess, docker: "137", netctl: "143"),
        Do("rm box2"),
        Do("rm box2"),
        Do("rm -f box2"),
    ]);

    /// <summary>Names that are taken, missing or bad.</summary>
    public static readonly Scenario Names = new(
    [
        Do("create --name box1 IMAGE true"),
        Do("create --name box1 IMAGE true"),
        Do("run --name box1 IMAGE true"),
        Do("create --name b@d IMAGE true")
            .Differs(
                OwnWords,
                docker: "error: Invalid container name (b@d), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed",
                netctl: "error: invalid container name \"b@d\": only [a-zA-Z0-9][a-zA-Z0-9_.-]* are allowed"),
        Do("create --name -bad IMAGE true")
            .Differs(
                OwnWords,
                docker: "error: Invalid container name (-bad), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed",
                netctl: "error: invalid container name \"-bad\": only [a-zA-Z0-9][a-zA-Z0-9_.-]* are allowed"),
        Do("create --name xx IMAGE true"),
        Do("rename xx box1"),
        Do("start nobody"),
        Do("stop nobody"),
        Do("restart nobody"),
        Do("kill nobody"),
        Do("pause nobody"),
        Do("unpause nobody"),
        Do("wait nobody"),
        Do("logs nobody"),
        Do("port nobody"),
        Do("top nobody"),
        Do("exec nobody true"),
        Do("rename nobody somebody"),
        Do("inspect nobody"),
        Do("rm nobody"),
        Do("rm -f nobody"),
        Do("attach nobody"),
        Do("update --restart no nobody"),
        Do("network connect bridge nobody"),
        Do("start box1 nobody xx"),
        Do("wait box1 xx"),
        Do("ps -a --format '{{.Names}} {{.State}}'"),
    ])
    {
        Proves = [StandingDifferences.Summaries, StandingDifferences.Frames],
    };

    /// <summary>Exit codes of run, exec, wait and inspect.</summary>
    public static readonly Scenario ExitCodes = new(
    [
        Do("run --name three IMAGE sh -c 'exit 3'"),
        Do("wait three"),
        Do("inspect -f '{{.State.Status}} {{.State.ExitCode}}' three"),
        Do("start -a three"),
        Do("run --rm IMAGE nosuch"),
        Do("run --rm IMAGE /nosuch"),
        Do("run --rm IMAGE /etc")
            .Differs(
                NewerWords,
                docker: "error: exec: \"/etc\": permission denied",
                netctl: "error: exec: \"/etc\": is a directory"),
        Do("run --rm IMAGE /etc/passwd"),
        Do("run --bogus IMAGE true"),
        Do("run --rm -w /nosuch IMAGE sh -c pwd")
            .Differs(
                WorkingDirectory,
                docker: "exit 0\n" +
                    "/nosuch",
                netctl: "exit 127\n" +
                    "error: chdir to cwd (\"/nosuch\") failed: no such file or directory"),
        Do("run --rm -w /tmp IMAGE sh -c pwd"),
        Do("run --rm -w tmp IMAGE sh -c pwd"),
        Do("run --rm -u nosuch IMAGE true"),
        Do("run --rm -u 1234:5678 IMAGE sh -c 'echo $HOME'"),
        Do("run --rm -e ONE=1 -e UNSET IMAGE env"),
        Do("run --rm -e EMPTY= IMAGE env"),
        Do("run -d --name box1 IMAGE sh -c 'trap \"exit 9\" TERM; echo ready; while :; do sleep 0.1; done'"),
        Do("exec box1 sh -c 'exit 7'"),
        Do("exec box1 nosuch")
            .Differs(ExecCode, docker: "exit 126", netctl: "exit 127"),
        Do("exec box1 /etc")
            .Differs(
                NewerWords,
                docker: "error: exec: \"/etc\": permission denied",
                netctl: "error: exec: \"/etc\": is a directory"),
        Do("exec -e A=1 -w /tmp box1 sh -c 'echo $A; pwd'"),
        Do("exec box1 sh -c 'kill -9 $$'"),
        Do("exec -u nosuch box1 true"),
        Do("stop box1"),
        Do("wait box1"),
        Do("run -d --name killed IMAGE sleep 1000"),
        Do("kill killed"),
        Do("wait killed"),
        Do("run -d --name ended IMAGE sleep 1000"),
        Do("stop -t 0 ended"),
        Do("wait ended three killed")
            .Differs(FirstProcess, docker: "137", netctl: "143"),
        Do("run --name gone --rm IMAGE true"),
        Do("ps -a --format '{{.Names}} {{.State}}'"),
    ])
    {
        Proves = [StandingDifferences.Runtime],
    };

    /// <summary>logs and port.</summary>
    public static readonly Scenario LogsAndPorts = new(
    [
        Do("run --name said IMAGE sh -c 'echo one; echo two; echo three'"),
        Do("logs said"),
        Do("logs -n 1 said"),
        Do("logs --tail bogus said")
            .Differs(
                BadNumber,
                docker: "exit 0\n" +
                    "one\n" +
                    "two\n" +
                    "three",
                netctl: "exit 1\n" +
                    "error: invalid argument bogus for \"-n, --tail\" flag: it takes a number of lines, or all"),
        Do("logs --since bogus said")
            .Differs(
                OwnWords,
                docker: "error: invalid value for \"since\": failed to parse value as time or duration: \"bogus\"",
                netctl: "error: invalid argument for \"--since\" flag: invalid time \"bogus\": give a duration such as 24h, " +
                    "seconds since 1970, or a date such as 2026-01-02T15:04:05"),
        Do("run -d --name box1 -p 127.0.0.1:8080:80 -p 192.0.2.1:5353:53/udp --expose 99 IMAGE sleep 1000"),
        Do("port box1 80"),
        Do("port box1 53/udp"),
        Do("port box1 81"),
        Do("port box1 bogus")
            .Differs(
                OwnWords,
                docker: "error: strconv.ParseUint: parsing \"bogus\": invalid syntax",
                netctl: "error: invalid port: \"bogus\"; it takes PORT[/PROTOCOL], such as 80 or 53/udp"),
        Do("ps --format '{{.Names}} {{.Ports}}'")
            .Differs(
                PortOrder,
                docker: "box1 99/tcp, 192.0.2.1:5353->53/udp, 127.0.0.1:8080->80/tcp",
                netctl: "box1 192.0.2.1:5353->53/udp, 127.0.0.1:8080->80/tcp, 99/tcp"),
        Do("run --name clash -p 127.0.0.1:8080:81 IMAGE true")
            .Differs(
                OwnWords,
                docker: "error: driver failed programming external connectivity on endpoint clash (id 2): Bind for " +
                    "127.0.0.1:8080 failed: port is already allocated",
                netctl: "error: port 8080/tcp on 127.0.0.1 is already published by container \"box1\"; choose another host " +
                    "port"),
        Do("run --name clash2 -p 70000:80 IMAGE true"),
        Do("run --name clash3 -p 80-81:80-82 IMAGE true"),
        Do("run --name clash4 -p bogus IMAGE true"),
        Do("run --name clash5 -p 1.2.3.4.5:80:80 IMAGE true"),
        Do("run --name clash6 -p 80:80/bogus IMAGE true"),
        Do("run --name clash7 --expose bogus IMAGE true")
            .Differs(
                OwnWords,
                docker: "error: invalid range format for --expose: bogus, error: strconv.ParseUint: parsing \"bogus\": " +
                    "invalid syntax",
                netctl: "error: invalid range format for --expose: bogus (in \"bogus\"); a port is a number from 1 to 65535, " +
                    "a range two of them in ascending order"),
        Do("stop -t 0 box1"),
        Do("port box1"),
        Do("start box1"),
        Do("port box1 80/tcp"),
    ]);
}
