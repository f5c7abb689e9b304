using Net.Linux.Processes;

namespace Net.Labs.Worlds;

/// <summary>Ends a lab that is up, also one that is half up.</summary>
public static class WorldStop
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    /// <summary>Ends all its hosts with everything on them, and forgets it. It is not interrupted.</summary>
    /// <exception cref="FormatException">A host does not end.</exception>
    public static async Task RunAsync(WorldState state)
    {
        WorldFiles.MarkEnding(state);
        HostProcess[] hosts = [.. state.Hosts, .. state.Switch is { } links ? [links] : Array.Empty<HostProcess>()];
        foreach (HostProcess host in hosts.Where(host => host.IsUp))
        {
            Signals.Send(host.ProcessId, Signals.Kill);
        }

        long began = TimeProvider.System.GetTimestamp();
        while (hosts.FirstOrDefault(host => host.IsUp) is { } alive)
        {
            if (TimeProvider.System.GetElapsedTime(began) > Patience)
            {
                throw new FormatException(
                    $"the host {alive.Name} of the lab {state.Name} does not end: look at process {alive.ProcessId}, "
                        + "and stop the lab again");
            }

            await Task.Delay(Pause);
        }

        // A host that was starting when netctl was killed is known by its cgroup alone.
        await Task.WhenAll(HostGroup.Of(state).Select(HostGroup.EndAsync));
        WorldFiles.Remove(state);
    }
}
