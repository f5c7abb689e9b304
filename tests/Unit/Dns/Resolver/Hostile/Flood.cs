namespace Net.Tests.Unit.Dns.Resolver.Hostile;

/// <summary>Does a thing as often as one thread can, until it is disposed of.</summary>
internal sealed class Flood : IAsyncDisposable
{
    private readonly Thread _thread;
    private volatile bool _ends;

    /// <summary>Begins.</summary>
    /// <param name="once">What is done over and over.</param>
    internal Flood(Action once)
    {
        _thread = new Thread(() =>
        {
            while (!_ends)
            {
                once();
            }
        })
        { IsBackground = true };
        _thread.Start();
    }

    public ValueTask DisposeAsync()
    {
        _ends = true;
        _thread.Join();
        return ValueTask.CompletedTask;
    }
}
