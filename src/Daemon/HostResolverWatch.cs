using System.Net;
using Net.Controller;
using Net.Controller.Names;
using Net.Dns.Files;

namespace Net.Daemon;

/// <summary>Watches the host's resolv.conf: within two seconds of a change, all containers' resolvers forward to the servers that it names
/// now, and containers whose own resolv.conf is made from it have it written anew, unless they have edited it.</summary>
/// <remarks>
/// It reads the file once a second, which takes 20 microseconds. File events of the kernel (inotify(7)) would have to be watched in every
/// folder that a symbolic link on the path leads through, do not report a file mounted over another, and end when a folder is replaced:
/// reading the file finds all of these. A file that names no server, or is missing, changes nothing: the servers of before are a better
/// guess than the public ones.
/// </remarks>
internal sealed partial class HostResolverWatch : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    // A program that writes the file in place is done by then: a partly written file may name a part of the servers.
    private static readonly TimeSpan Settling = TimeSpan.FromMilliseconds(100);

    private readonly HostResolverFile _file;
    private readonly ResolverViews _views;
    private readonly NetworkController _controller;
    private readonly ILogger _log;
    private readonly CancellationTokenSource _end = new();
    private readonly Task _work;
    private bool _isUnreadable;

    private HostResolverWatch(HostResolverFile file, ResolverViews views, NetworkController controller, ILogger log)
    {
        _file = file;
        _views = views;
        _controller = controller;
        _log = log;
        _work = Task.Run(RunAsync);
    }

    /// <summary>Begins to watch.</summary>
    /// <param name="file">The file.</param>
    /// <param name="views">Takes over new contents.</param>
    /// <param name="controller">Writes the containers' files. It has recovered before.</param>
    /// <param name="log">Told of changes, and when a file cannot be read or written.</param>
    public static HostResolverWatch Start(HostResolverFile file, ResolverViews views, NetworkController controller, ILogger log) =>
        new(file, views, controller, log);

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
            // The recovery may have read the file before it changed, and the views read it first here.
            _ = _views.HostResolver;
            await FollowAsync();
            while (await clock.WaitForNextTickAsync(_end.Token))
            {
                await CheckAsync();
            }
        }
        catch (OperationCanceledException)
        {
            // The watch was disposed of.
        }
    }

    private async Task CheckAsync()
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
            await FollowAsync();
        }
    }

    private async Task FollowAsync()
    {
        try
        {
            await _controller.FollowHostResolverAsync(_end.Token);
        }
        catch (Exception error) when (error is not OperationCanceledException) // of whatever kind: it would end the watch
        {
            LogNotFollowed(error.Message);
        }
    }

    /// <summary>The contents of the file when they have changed; otherwise null.</summary>
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

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "the containers' resolv.conf do not follow the host's: {Reason}; \"netctl doctor --fix\" writes them once it is mended")]
    private partial void LogNotFollowed(string reason);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "the host's resolv.conf cannot be read, so containers' resolvers go on with the servers of before: {Reason}")]
    private partial void LogUnreadable(string reason);
}
