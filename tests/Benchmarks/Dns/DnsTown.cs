using System.Diagnostics;
using Microsoft.Win32.SafeHandles;
using Net.Tests.TestKit;

namespace Net.Tests.Benchmarks.Dns;

/// <summary>A throw-away host with the real daemon, an upstream server in plain C on its port 53, and containers on one network.</summary>
internal sealed class DnsTown : IDisposable
{
    /// <summary>A container of every town.</summary>
    public const string Container = "web";

    private readonly HostNamespace _host;
    private readonly string _binary;
    private readonly Process _daemon;
    private readonly List<Process> _processes = [];
    private readonly List<SafeFileHandle> _spaces = [];

    private DnsTown(HostNamespace host, string[] flags)
    {
        _host = host;
        _binary = Environment.GetEnvironmentVariable("NETCTL_BINARY")
            ?? throw new InvalidOperationException("NETCTL_BINARY names no netctl; build one with netlab/build.sh and set it");
        Responder = Path.Combine(host.Directory, "responder");
        Asker = Path.Combine(host.Directory, "asker");
        Compile("responder.c", Responder);
        Compile("asker.c", Asker);
        try
        {
            Upstream = Start(Responder, "0.0.0.0", "53", "300");
            string[] places = ["--data-root", $"{host.Directory}/data", "--exec-root", $"{host.Directory}/exec", "--host", Socket];
            _daemon = Start(
                _binary, ["daemon", "--firewall-backend", "nftables", "--log-level", "error", "--dns", "127.0.0.1", .. places, .. flags]);
            while (Command.TryRun(_binary, "-H", Socket, "version").ExitCode != 0)
            {
                _daemon.Refresh();
                if (_daemon.HasExited)
                {
                    throw new InvalidOperationException("the daemon has ended");
                }
            }

            Netctl("network", "create", "front");
            Space = AddContainer(Container);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The program in plain C that answers.</summary>
    public string Responder { get; }

    /// <summary>The program in plain C that asks many namespaces in turn.</summary>
    public string Asker { get; }

    /// <summary>The server on port 53 of all the host's addresses.</summary>
    public Process Upstream { get; }

    /// <summary>The network namespace of <see cref="Container"/>.</summary>
    public string Space { get; }

    /// <summary>The host's address as <see cref="Container"/> reaches it.</summary>
    public string Gateway => Command.Run($"nsenter --net={Space} ip -o route show default").Split(' ')[2];

    /// <summary>The daemon.</summary>
    public int Daemon => _daemon.Id;

    /// <summary>A file for the benchmark to write.</summary>
    public string PathOf(string name) => Path.Combine(_host.Directory, name);

    private string Socket => $"unix://{_host.Directory}/netctl.sock";

    /// <summary>Runs a benchmark in a town.</summary>
    public static void Run(Action<DnsTown> body, params string[] flags) => HostNamespace.Run(host =>
    {
        using var town = new DnsTown(host, flags);
        body(town);
    });

    /// <summary>Runs a command of netctl.</summary>
    /// <returns>What it printed.</returns>
    public string Netctl(params string[] words) => Command.Run(_binary, ["-H", Socket, .. words]).Trim();

    /// <summary>Adds a container to the network: a namespace and a resolver, without a command.</summary>
    /// <returns>The file of its network namespace, a path that other towns have too.</returns>
    public string AddContainer(string name)
    {
        SafeFileHandle space = File.OpenHandle(
            $"{_host.Directory}/exec/netns/{Netctl("create", "--name", name, "--network", "front")}", share: FileShare.ReadWrite);
        _spaces.Add(space);
        return $"/proc/{Environment.ProcessId}/fd/{space.DangerousGetHandle()}";
    }

    /// <summary>Starts a program in the host.</summary>
    public Process Start(string program, params string[] arguments)
    {
        Process process = Process.Start(new ProcessStartInfo(program, arguments))!;
        _processes.Add(process);
        return process;
    }

    /// <summary>Makes a program of one of the sources in C.</summary>
    public static void Compile(string source, string program, params string[] flags) =>
        Command.Run("gcc", ["-O2", .. flags, "-o", program, Path.Combine(AppContext.BaseDirectory, source)]);

    /// <summary>Has a process that was started otherwise end with the town.</summary>
    public void EndLater(Process process) => _processes.Add(process);

    /// <summary>Ends everything; the host goes with it.</summary>
    public void Dispose()
    {
        foreach (Process process in _processes)
        {
            process.Kill();
            process.WaitForExit();
            process.Dispose();
        }

        _spaces.ForEach(static space => space.Dispose());
    }
}
