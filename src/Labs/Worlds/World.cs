using System.Diagnostics;
using Net.Api.Clients;
using Net.Api.Texts;
using Net.Labs.Lessons.Models;

namespace Net.Labs.Worlds;

/// <summary>A lab that is up.</summary>
/// <param name="lab">The lab.</param>
/// <param name="state">What is remembered of it.</param>
public sealed class World(Lab lab, WorldState state)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>The lab.</summary>
    public Lab Lab => lab;

    /// <summary>What is remembered of it.</summary>
    public WorldState State { get; private set; } = state;

    /// <summary>Remembers something else.</summary>
    public void Remember(WorldState changed)
    {
        State = changed; // what was made is known, also where it cannot be written
        WorldFiles.Write(changed);
    }

    /// <summary>A host that is up.</summary>
    /// <exception cref="FormatException">There is no such host, or it has ended.</exception>
    public HostProcess Host(string name)
    {
        string[] all = [.. State.Hosts.Select(host => host.Name)];
        HostProcess host = State.Hosts.FirstOrDefault(host => host.Name == name) ?? throw new FormatException(
            $"there is no host \"{name}\" in the lab {State.Name}{Suggestion.Of(name, all)}; it has {string.Join(", ", all)}");
        return host.IsUp ? host : throw new FormatException(
            $"the host {name} of the lab {State.Name} has ended: end the lab with \"netctl lab stop {State.Name}\" and start it again");
    }

    /// <summary>The address of the daemon of a host.</summary>
    public DaemonAddress DaemonOf(string host) => DaemonAddress.OfPath($"{Host(host).Root}/run/netctl/netctl.sock");

    /// <summary>Runs a command, again and again until it is as expected or its patience is over.</summary>
    /// <returns>What was seen last, and what was different; null when it was as expected.</returns>
    public async Task<(Seen Seen, string? Difference)> RunAsync(LabCommand command, CancellationToken cancellationToken)
    {
        HostShell shell = ShellOf(command.Host);
        long began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            Seen seen = await shell.RunAsync(command, cancellationToken);
            string? difference = command.DifferenceTo(seen);
            if (difference is null || TimeProvider.System.GetElapsedTime(began) >= command.Patience)
            {
                return (seen, difference);
            }

            await Task.Delay(Pause, cancellationToken);
        }
    }

    /// <summary>Starts a shell on a host, or a program, on this process's own terminal.</summary>
    /// <param name="host">The host's name.</param>
    /// <param name="program">The program with its arguments; empty for a shell.</param>
    public Process StartInForeground(string host, IReadOnlyList<string> program) => ShellOf(host).StartInForeground(program);

    internal HostShell ShellOf(string host) => new(Lab.Folder, Host(host));
}
