using System.Collections.Concurrent;
using Net.Dns.Resolver.Serving;

namespace Net.Tests.Unit.Dns.Resolver.Serving;

public sealed class DeadlinesTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly ConcurrentQueue<Exception> _faults = new();
    private readonly BlockingCollection<string> _expired = [];
    private readonly ServingThread _thread;

    public DeadlinesTests() => _thread = new ServingThread(_faults.Enqueue);

    [Fact]
    public void What_waits_is_done_in_its_order()
    {
        Deadlines<string> deadlines = Make(static (_, _) => { });
        _thread.Invoke(() => (deadlines.Add("first"), deadlines.Add("second")));
        Assert.Equal("first", Next());
        Assert.Equal("second", Next());
    }

    [Fact]
    public void When_many_are_due_others_have_their_turn_between_them()
    {
        Deadlines<string> deadlines = Make((_, item) =>
        {
            if (item == "0")
            {
                _thread.Post(() => _expired.Add("other"));
            }
        });
        const int count = 1000;
        _thread.Invoke(() => Enumerable.Range(0, count).Select(i => deadlines.Add($"{i}")).Count());

        string[] order = [.. Enumerable.Range(0, count + 1).Select(_ => Next())];

        Assert.Equal([.. Enumerable.Range(0, count).Select(static i => $"{i}")], order.Where(static item => item != "other"));
        Assert.InRange(Array.IndexOf(order, "other"), 1, 100);
    }

    [Fact]
    public void What_is_renewed_comes_after_the_others_and_what_is_taken_out_does_not_come()
    {
        Deadlines<string> deadlines = Make(static (_, _) => { });
        _thread.Invoke(() =>
        {
            LinkedListNode<(string, long)> renewed = deadlines.Add("renewed");
            LinkedListNode<(string, long)> removed = deadlines.Add("removed");
            deadlines.Add("stays");
            deadlines.Renew(renewed);
            deadlines.Remove(removed);
            deadlines.Remove(removed);
            return true;
        });
        Assert.Equal("stays", Next());
        Assert.Equal("renewed", Next());
    }

    [Fact]
    public void What_is_done_can_be_renewed_and_comes_again()
    {
        LinkedListNode<(string, long)>? node = null;
        int times = 0;
        Deadlines<string> deadlines = Make((all, _) =>
        {
            if (++times < 3)
            {
                all.Renew(node!);
            }
        });
        _thread.Invoke(() => node = deadlines.Add("again"));
        Assert.Equal("again", Next());
        Assert.Equal("again", Next());
        Assert.Equal("again", Next());
        Assert.Empty(_faults);
        Assert.Null(_thread.Invoke(() => deadlines.Next));
    }

    public void Dispose()
    {
        _thread.Dispose();
        _expired.Dispose();
    }

    private Deadlines<string> Make(Action<Deadlines<string>, string> expired) => _thread.Invoke(() =>
    {
        Deadlines<string>? all = null;
        all = new Deadlines<string>(_thread, TimeSpan.FromMilliseconds(20), item =>
        {
            expired(all!, item);
            _expired.Add(item);
        });
        _thread.Watch(all);
        return all;
    });

    private string Next()
    {
        Assert.True(_expired.TryTake(out string? item, Patience), $"nothing was due; {string.Join(' ', _faults)}");
        return item;
    }
}
