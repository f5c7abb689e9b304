using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Net.Cnm.Findings;
using Net.Cnm.Identifiers;
using Net.Cnm.Sandboxes;
using Net.Controller;
using Net.Controller.Names;
using Net.Dns.Resolver;
using Net.Linux;

namespace Net.Daemon;

/// <summary>Finds the DNS servers of containers that do not answer: those that the resolver has asked without success, and that are silent
/// when they are asked once more. A server that nobody has needed yet is not asked.</summary>
/// <param name="controller">Knows the containers.</param>
/// <param name="views">Knows their servers.</param>
/// <param name="server">Has asked them.</param>
/// <param name="openNamespace">Opens the namespace of a container by its id.</param>
internal sealed class ResolverHealth(
    NetworkController controller, ResolverViews views, DnsServer server, Func<string, NetworkNamespace> openNamespace)
{
    private const int Attempts = 2;

    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(700);

    /// <summary>Asks all that are in doubt at once; takes as long as the slowest, at most some one and a half seconds.</summary>
    public async Task<IReadOnlyList<SilentResolver>> FindSilentAsync(CancellationToken cancellationToken)
    {
        HashSet<UpstreamServer> doubtful =
        [
            .. server.GetForwarding().Servers.Where(one => one.IsFailing || (one.Failed > 0 && one.Answered == 0))
                .Select(one => one.Server),
        ];
        UpstreamPolicy[] policies =
        [
            .. controller.Sandboxes.Where(sandbox => sandbox is { State: SandboxState.Running, ResolverPort: not null })
                .Select(sandbox => views.UpstreamsOf(sandbox.Id).Policy).Distinct(),
        ];
        UpstreamServer[] asked = [.. policies.SelectMany(policy => policy.Servers).Where(doubtful.Contains).Distinct()];
        Answer[] answers = await Task.WhenAll(asked.Select(one => AskAsync(one, cancellationToken)));
        HashSet<UpstreamServer> silent = [.. asked.Where((_, i) => answers[i] != Answer.Yes)];
        HashSet<UpstreamServer> unreachable = [.. asked.Where((_, i) => answers[i] == Answer.NoRoute)];
        return
        [
            .. policies.SelectMany(policy => policy.Servers.Where(silent.Contains)
                    .Select(one => new SilentResolver(
                        one.Address, SandboxOf(one), policy.Servers.Any(other => !silent.Contains(other)), !unreachable.Contains(one))))
                .Distinct(),
        ];
    }

    private static SandboxId? SandboxOf(UpstreamServer one) => one.InClient is { } client ? SandboxId.Parse(client) : null;

    private enum Answer
    {
        No,
        Yes,
        NoRoute,
    }

    private async Task<Answer> AskAsync(UpstreamServer one, CancellationToken cancellationToken)
    {
        Answer answer = Answer.No;
        for (int attempt = 0; attempt < Attempts && answer == Answer.No; attempt++)
        {
            answer = await AskOnceAsync(one, attempt == 0 ? Root() : LocalHost(), cancellationToken);
        }

        return answer;
    }

    private async Task<Answer> AskOnceAsync(UpstreamServer one, byte[] query, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        try
        {
            using Socket socket = Open(one);
            await socket.ConnectAsync(one.Address, limit.Token);
            await socket.SendAsync(query, limit.Token);
            byte[] answer = new byte[4096];
            while (true)
            {
                int length = await socket.ReceiveAsync(answer, limit.Token);
                if (length >= 12 && answer[0] == query[0] && answer[1] == query[1] && (answer[2] & 0x80) != 0)
                {
                    return Answer.Yes;
                }
            }
        }
        catch (SocketException error) when (error.SocketErrorCode == SocketError.NetworkUnreachable)
        {
            return Answer.NoRoute;
        }
        catch (Exception error) when (error is SocketException or IOException or LinuxException
            || (error is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return Answer.No;
        }
    }

    private Socket Open(UpstreamServer one)
    {
        var local = new IPEndPoint(one.Address.AddressFamily == AddressFamily.InterNetwork ? IPAddress.Any : IPAddress.IPv6Any, 0);
        if (one.InClient is not { } client)
        {
            return NamespaceSockets.BindUdp(local);
        }

        using NetworkNamespace inside = openNamespace(client);
        return NamespaceSockets.BindUdp(local, inside);
    }

    // RFC 1035 4.1: a query with recursion desired for the name servers of the root, which every server can answer.
    private static byte[] Root() => [.. RandomNumberGenerator.GetBytes(2), 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0, 1];

    // The address of localhost, which every server should answer (RFC 6761 6.3); some keep silent when they are asked for the root, since
    // that is a means of attack.
    private static byte[] LocalHost() =>
        [.. RandomNumberGenerator.GetBytes(2), 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 9, .. "localhost"u8, 0, 0, 1, 0, 1];
}
