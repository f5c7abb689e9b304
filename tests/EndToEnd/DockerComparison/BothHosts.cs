namespace Net.Tests.EndToEnd.DockerComparison;

/// <summary>A host with Debian's Docker and one with netctl, alike in all else. They start when they are needed first.</summary>
public sealed class BothHosts : IDisposable
{
    private const string HostsFile = "127.0.0.1 localhost\n192.0.2.40 printer\n";
    private const string ResolverFile = "search example.org\nnameserver 192.0.2.2\n";

    private TestHost? _ofDocker;
    private TestHost? _ofNetctl;
    private DockerDaemon? _docker;
    private bool _started;

    /// <summary>Runs a scenario on both and fails with every difference that is not declared, and every one that is and does not
    /// show.</summary>
    internal void Compare(Scenario scenario)
    {
        Start();
        try
        {
            var comparison = new Comparison(scenario);
            foreach (Step step in scenario.Steps)
            {
                Task<Output> docker = Task.Run(() => Recorded(_ofDocker!, step, _docker!.Docker(step.Words(DockerDaemon.Image))));
                Task<Output> netctl = Task.Run(() => Recorded(_ofNetctl!, step, _ofNetctl!.Netctl(step.Words(null))));
                comparison.Add(step, docker.GetAwaiter().GetResult(), netctl.GetAwaiter().GetResult());
            }

            Assert.True(comparison.Faults.Count == 0, string.Join("\n\n", comparison.Faults));
        }
        finally
        {
            Clear(arguments => _docker!.Docker(arguments));
            Clear(arguments => _ofNetctl!.Netctl(arguments));
        }
    }

    public void Dispose()
    {
        try
        {
            _docker?.Dispose();
        }
        finally
        {
            _ofDocker?.Dispose();
            _ofNetctl?.Dispose();
        }
    }

    private void Start()
    {
        if (_started)
        {
            Assert.True(_docker is not null, "the hosts could not be started, as an earlier test says");
            return;
        }

        _started = true;
        Assert.True(File.Exists(DockerDaemon.Program), $"no {DockerDaemon.Program}; netlab/packages.sh others installs it");
        _ofDocker = Prepared();
        _ofNetctl = Prepared();
        _ofNetctl.StartDaemon();
        _docker = DockerDaemon.Start(_ofDocker);
    }

    private static TestHost Prepared()
    {
        TestHost host = TestHost.Create();
        host.OwnEtc();
        File.WriteAllText(Path.Combine(host.Root, "etc", "hosts"), HostsFile);
        File.WriteAllText(Path.Combine(host.Root, "etc", "resolv.conf"), ResolverFile);
        return host;
    }

    // A command that never answers is told by the last line of the file.
    private static Output Recorded(TestHost host, Step step, Output output)
    {
        File.AppendAllText(Path.Combine(host.Root, "answers"), $"{step.Title}\n{output}\n");
        return output;
    }

    private static void Clear(Func<string[], Output> run)
    {
        string[] containers = run(["ps", "-aq"]).StandardOutput.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        if (containers.Length > 0)
        {
            run(["rm", "-f", .. containers]);
        }

        run(["network", "prune", "-f"]);
    }
}
