using System.Diagnostics;
using System.Globalization;
using Net.Api.Clients;
using Net.Api.Containers;
using Net.Api.Networks;

namespace Net.Tests.EndToEnd.SideBySide;

/// <summary>A client of the API that does one random operation after the other, on the same few names as all others, and now and then goes
/// away in the middle of one.</summary>
/// <param name="address">The daemon's.</param>
/// <param name="random">Decides.</param>
internal sealed class RandomClient(DaemonAddress address, Random random) : IDisposable
{
    /// <summary>How many networks and containers the clients have names for.</summary>
    public const int Names = 12;

    /// <summary>Who waits longer for one answer has found a deadlock.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly ApiClient _client = new(address);

    /// <summary>What should not have happened, each with the operation.</summary>
    public List<string> Faults { get; } = [];

    /// <summary>How many operations were answered.</summary>
    public int Answers { get; private set; }

    /// <summary>Works until a moment, or until something has happened that should not.</summary>
    public async Task RunAsync(Stopwatch clock, TimeSpan end)
    {
        while (clock.Elapsed < end && Faults.Count == 0)
        {
            await StepAsync();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private async Task StepAsync()
    {
        (string what, Func<CancellationToken, Task> run) = Choose();
        bool leaves = random.Next(10) == 0;
        using var gone = new CancellationTokenSource(leaves ? TimeSpan.FromMilliseconds(random.Next(20)) : Patience);
        try
        {
            await run(gone.Token);
            Answers++;
        }
        catch (ApiException error) when (error.Status < 500)
        {
            Answers++; // somebody else was sooner
        }
        catch (Exception) when (leaves)
        {
            // It is finished or undone without us.
        }
        catch (Exception error)
        {
            Faults.Add($"{what}: {(error as ApiException)?.Status} {error.GetType().Name} {error.Message}");
        }
    }

    private (string What, Func<CancellationToken, Task> Run) Choose()
    {
        string network = Name("n");
        string container = Name("c");
        string port = string.Create(CultureInfo.InvariantCulture, $"{20000 + random.Next(Names)}:80");
        return random.Next(16) switch
        {
            0 => ($"network create {network}", c => _client.CreateNetwork(new NetworkCreateRequest { Name = network }).RunAsync(c)),
            1 => ($"network rm {network}", c => _client.RemoveNetwork(network).RunAsync(c)),
            2 or 3 => ($"run {container} on {network}", c => CreateAsync(container, network, [], c)),
            4 => ($"run {container} on {network} -p {port}", c => CreateAsync(container, network, [port], c)),
            5 => ($"rm -f {container}", c => _client.RemoveContainer(container, force: true).RunAsync(c)),
            6 or 7 => (
                $"connect {network} {container}",
                c => _client.Connect(network, new NetworkConnectRequest { Container = container }).RunAsync(c)),
            8 or 9 => (
                $"disconnect {network} {container}",
                c => _client.Disconnect(network, new NetworkDisconnectRequest { Container = container }).RunAsync(c)),
            10 => ($"stop {container}", c => _client.StopContainerAsync(container, 0, null, c)),
            11 => ($"start {container}", c => _client.StartContainerAsync(container, c)),
            12 => ($"publish {container} {port}", c => _client.PublishPorts(container, new PublishRequest { Ports = [port] }).RunAsync(c)),
            13 => ("ps", c => _client.ListContainersAsync(all: true, c)),
            14 => ($"inspect {container}", c => _client.InspectContainerAsync(container, c)),
            _ => ($"network inspect {network}", c => _client.InspectNetworkAsync(network, verbose: true, c)),
        };
    }

    private async Task CreateAsync(string name, string network, string[] ports, CancellationToken cancellationToken)
    {
        await _client.CreateContainer(new ContainerCreateRequest
        {
            Name = name,
            Cmd = ["sleep", "1000"],
            Networks = [network],
            Ports = ports,
        }).RunAsync(cancellationToken);
        await _client.StartContainerAsync(name, cancellationToken);
    }

    private string Name(string prefix) => prefix + random.Next(Names).ToString(CultureInfo.InvariantCulture);
}
