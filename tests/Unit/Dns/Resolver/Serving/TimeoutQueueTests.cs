using System.Collections.Concurrent;
using Net.Dns.Resolver.Serving;

namespace Net.Tests.Unit.Dns.Resolver.Serving;

public sealed class TimeoutQueueTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly ConcurrentQueue<Exception> _faults = new();
    private readonly BlockingCollection<string> _expired = [];
    private readonly ServingThread _thread;

    public TimeoutQueueTests() => _thread = new ServingThread(_faults.Enqueue);

    [Fact]
    public void Items_expire_in_the_order_in_which_they_were_added()
    {
        TimeoutQueue<string> timeouts = Make(static (_, _) => { });
        _thread.Invoke(() => (timeouts.Add("first"), timeouts.Add("second")));
        Assert.Equal("first", Next());
        Assert.Equal("second", Next());
    }

    [Fact]
    public void When_many_items_are_due_other_work_is_done_between_them()
    {
        TimeoutQueue<string> timeouts = Make((_, item) =>
        {
            if (item == "0")
            {
                _thread.Post(() => _expired.Add("other"));
            }
        });
        const int count = 1000;
        _thread.Invoke(() => Enumerable.Range(0, count).Select(i => timeouts.Add($"{i}")).Count());

        string[] order = [.. Enumerable.Range(0, count + 1).Select(_ => Next())];

        Assert.Equal([.. Enumerable.Range(0, count).Select(static i => $"{i}")], order.Where(static item => item != "other"));
        Assert.InRange(Array.IndexOf(order, "other"), 1, 100);
    }

    [Fact]
    public void A_renewed_item_expires_after_the_others_and_a_removed_one_never()
    {
        TimeoutQueue<string> timeouts = Make(static (_, _) => { });
        _thread.Invoke(() =>
        {
            LinkedListNode<(string, long)> renewed = timeouts.Add("renewed");
            LinkedListNode<(string, long)> removed = timeouts.Add("removed");
            timeouts.Add("stays");
            timeouts.Renew(renewed);
            timeouts.Remove(removed);
            timeouts.Remove(removed);
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
        TimeoutQueue<string> timeouts = Make((all, _) =>
        {
            if (++times < 3)
            {
                all.Renew(node!);
            }
        });
        _thread.Invoke(() => node = timeouts.Add("again"));
        Assert.Equal("again", Next());
        Assert.Equal("again", Next());
        Assert.Equal("again", Next());
        Assert.Empty(_faults);
        Assert.Null(_thread.Invoke(() => timeouts.Next));
    }

    public void Dispose()
    {
        _thread.Dispose();
        _expired.Dispose();
    }

    private TimeoutQueue<string> Make(Action<TimeoutQueue<string>, string> expired) => _thread.Invoke(() =>
    {
        TimeoutQueue<string>? all = null;
        all = new TimeoutQueue<string>(_thread, TimeSpan.FromMilliseconds(20), item =>
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
