using System.Diagnostics;
using System.Globalization;
using Net.Tests.TestKit;

namespace Net.Tests.Benchmarks.Shims;

/// <summary>The memory of its own that a container costs: the shim of each, beside conmon, which holds the containers of Podman and CRI-O;
/// and that of the daemon, idle and with the containers.</summary>
internal static class MemoryBenchmark
{
    private const string Conmon = "/usr/bin/conmon";

    // What conmon asks of an OCI runtime, as far as it needs an answer here: a process, and its id in a file.
    private const string Runtime =
        """
        #!/bin/sh
        while [ $# -gt 0 ]; do
          [ "$1" != --pid-file ] || file=$2
          shift
        done
        sleep 1000 </dev/null >/dev/null 2>&1 &
        echo $! >"$file"
        """;

    /// <summary>Prints the medians in KiB and their ratio.</summary>
    public static int Run(int containers)
    {
        string binary = Environment.GetEnvironmentVariable("NETCTL_BINARY")
            ?? throw new InvalidOperationException("NETCTL_BINARY names no netctl; build one with netlab/build.sh and set it");
        HostNamespace.Run(host =>
        {
            Environment.SetEnvironmentVariable("NETCTL_HOST", $"unix://{host.Directory}/netctl.sock");
            using Process daemon = Process.Start(new ProcessStartInfo(
                binary,
                [
                    "daemon", "--data-root", $"{host.Directory}/data", "--exec-root", $"{host.Directory}/exec", "--host",
                    $"unix://{host.Directory}/netctl.sock", "--log-level", "error",
                ]))!;
            while (Command.TryRun(binary, "version").ExitCode != 0)
            {
                Thread.Sleep(10);
            }

            double idle = ProcessMemory.OwnKiB(daemon.Id);
            for (int i = 0; i < containers; i++)
            {
                Command.Run(binary, "run", "-d", "sleep", "1000");
            }

            double ours = Median(Processes("netctl-shim", host.Directory));
            int busy = ProcessMemory.OwnKiB(daemon.Id);
            Console.WriteLine(
                Text($"shims: a container {ours:F0} KiB, the daemon {idle:F0} KiB idle, {busy} KiB with {containers} containers"));
            Console.WriteLine(Text($"shims: a container that writes without end {OfOneThatWrites(binary)} KiB"));
            if (File.Exists(Conmon))
            {
                double others = Median(StartConmon(containers, host.Directory));
                Console.WriteLine(Text($"shims: conmon {others:F0} KiB a container; ratio {ours / others:F2}"));
            }

            Command.Run(binary, "system", "reset", "-f");
            daemon.Kill();
            daemon.WaitForExit();
        });
        return 0;
    }

    private static int OfOneThatWrites(string binary)
    {
        string container = Command.Run(binary, "run", "-d", "yes").Trim();
        Thread.Sleep(3000);
        int command = int.Parse(
            Command.Run(binary, "inspect", "-f", "{{.State.Pid}}", container).Trim(), CultureInfo.InvariantCulture);
        int shim = int.Parse(Command.Run("ps", "-o", "ppid=", "-p", Text($"{command}")).Trim(), CultureInfo.InvariantCulture);
        int memory = ProcessMemory.OwnKiB(shim);
        Command.Run(binary, "rm", "-f", container);
        return memory;
    }

    private static IReadOnlyList<int> StartConmon(int containers, string directory)
    {
        string runtime = Path.Combine(directory, "runtime");
        File.WriteAllText(runtime, Runtime);
        Command.Run("chmod", "500", runtime);
        for (int i = 0; i < containers; i++)
        {
            string bundle = Path.Combine(directory, Text($"conmon{i}"));
            Directory.CreateDirectory(bundle);
            Command.Run(
                Conmon, "--cid", Text($"c{i}"), "--cuuid", Text($"c{i}"), "--runtime", runtime, "--bundle", bundle, "--container-pidfile",
                $"{bundle}/pid", "--conmon-pidfile", $"{bundle}/conmon.pid", "--log-path", $"k8s-file:{bundle}/log", "--socket-dir-path",
                bundle, "--exit-dir", bundle);
        }

        return Processes("conmon", directory);
    }

    /// <summary>The processes of a program that have the directory in their command line, once each has done what it does at its
    /// start.</summary>
    private static IReadOnlyList<int> Processes(string program, string directory)
    {
        Thread.Sleep(1000);
        return
        [
            .. Process.GetProcesses().Select(process => process.Id).Where(id =>
                TryRead($"/proc/{id}/comm").Trim() == program
                    && TryRead($"/proc/{id}/cmdline").Contains(directory, StringComparison.Ordinal)),
        ];
    }

    private static double Median(IReadOnlyList<int> processes) =>
        processes.Select(ProcessMemory.OwnKiB).Order().ElementAt(processes.Count / 2);

    private static string TryRead(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (IOException)
        {
            return "";
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
