using System.Net;
using Net.Controller.Names;
using Net.Dns.Files;

namespace Net.Daemon;

/// <summary>Follows the host's resolv.conf: what it says is what all containers' resolvers ask, within two seconds.</summary>
/// <remarks>
/// It looks once a second, for 20 microseconds. The kernel's file events would have to be wanted from every folder that a link on the way leads through, would not
/// tell of a file mounted over another, and end when a folder is replaced: a look sees all of that.
/// A file that names no server, or is gone, changes nothing: the servers of before are a better guess than the public ones.
/// </remarks>
internal sealed partial class HostResolverWatch : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    // Whoever writes the file in place is done by then: half of it would name half of the servers.
    private static readonly TimeSpan Settling = TimeSpan.FromMilliseconds(100);

    private readonly HostResolverFile _file;
    private readonly ResolverViews _views;
    private readonly ILogger _log;
    private readonly CancellationTokenSource _end = new();
    private readonly Task _work;
    private bool _isUnreadable;

    private HostResolverWatch(HostResolverFile file, ResolverViews views, ILogger log)
    {
        _file = file;
        _views = views;
        _log = log;
        _work = Task.Run(RunAsync);
    }

    /// <summary>Begins to look.</summary>
    public static HostResolverWatch Start(HostResolverFile file, ResolverViews views, ILogger log) => new(file, views, log);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _work;
        _end.Dispose();
    }

    private async Task RunAsync()
    {
        using var clock = new PeriodicTimer(Interval);
        try
        {
            while (await clock.WaitForNextTickAsync(_end.Token))
            {
                await LookAsync();
            }
        }
        catch (OperationCanceledException)
        {
            // The daemon ends.
        }
    }

    private async Task LookAsync()
    {
        if (Read() is not { } found)
        {
            return;
        }

        await Task.Delay(Settling, _end.Token);
        if (found.Equals(Read()))
        {
            _views.UseHostResolver(found);
            IReadOnlyList<IPAddress> servers = found.NameServers;
            LogFollowed(servers);
        }
    }

    /// <summary>What the file says when that is something new; else null.</summary>
    private ResolvConf? Read()
    {
        try
        {
            ResolvConf now = _file.Read();
            _isUnreadable = false;
            return now.NameServers.IsEmpty || now.Equals(_views.HostResolver) ? null : now;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            if (!_isUnreadable)
            {
                _isUnreadable = true;
                LogUnreadable(error.Message);
            }

            return null;
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "the host's resolv.conf has changed; it names the DNS servers {Servers} now")]
    private partial void LogFollowed(IReadOnlyList<IPAddress> servers);

    [LoggerMessage(Level = LogLevel.Warning, Message = "the host's resolv.conf cannot be read, so containers' resolvers go on with the servers of before: {Reason}")]
    private partial void LogUnreadable(string reason);
}
