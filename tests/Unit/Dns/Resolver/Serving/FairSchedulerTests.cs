using System.Collections.Concurrent;
using Net.Dns.Resolver.Serving;
using Net.Linux.Descriptors;

namespace Net.Tests.Unit.Dns.Resolver.Serving;

public sealed class FairSchedulerTests : IDisposable
{
    private const int Many = 40;

    private readonly BlockingCollection<string> _called = [];
    private readonly List<Ready> _handlers = [];
    private readonly ServingThread _thread = new(static _ => { });

    [Fact]
    public void A_client_with_many_ready_sockets_gets_no_more_of_a_round_than_one_with_a_few()
    {
        string[] order = CallAll(static _ => { });

        Assert.Equal(Enumerable.Repeat("busy", Many).Append("quiet").Order(), order.Order());
        Assert.InRange(Array.IndexOf(order, "quiet"), 0, 8);
    }

    [Fact]
    public void A_handler_that_is_closed_while_it_waits_is_not_called()
    {
        string[] order = CallAll(handler =>
        {
            if (handler.Name == "quiet")
            {
                foreach (Ready other in _handlers.Where(static other => other.Name == "busy" && !other.WasCalled).ToArray())
                {
                    other.Close(_thread);
                    _called.Add("closed");
                }
            }
        });

        Assert.Equal(Many + 1, order.Length);
        Assert.True(_thread.Invoke(() => _called.Count == 0));
        Assert.Contains("closed", order);
    }

    public void Dispose()
    {
        _thread.Dispose();
        _handlers.ForEach(static handler => handler.Signal.Dispose());
        _called.Dispose();
    }

    private string[] CallAll(Action<Ready> then)
    {
        // In the thread, so that it finds all of them ready in one round.
        _thread.Invoke(() =>
        {
            var busy = new ClientQuota();
            for (int i = 0; i < Many; i++)
            {
                _handlers.Add(new Ready("busy", busy, Call));
            }

            _handlers.Add(new Ready("quiet", new ClientQuota(), Call));
            _handlers.ForEach(handler => handler.Open(_thread));
            return true;
        });
        return [.. Enumerable.Range(0, Many + 1).Select(_ => Next())];

        void Call(Ready handler)
        {
            _called.Add(handler.Name);
            then(handler);
        }
    }

    private string Next() => _called.TryTake(out string? name, TimeSpan.FromSeconds(20)) ? name : throw new TimeoutException();

    private sealed class Ready(string name, ClientQuota quota, Action<Ready> called) : IReadinessHandler
    {
        private long _watch;

        internal string Name => name;

        internal WakeSignal Signal { get; } = new();

        internal bool WasCalled { get; private set; }

        public ClientQuota? Quota => quota;

        public void OnReady(PollEvents events)
        {
            Assert.Equal(PollEvents.Readable, events);
            Signal.Clear();
            WasCalled = true;
            called(this);
        }

        internal void Open(ServingThread thread)
        {
            _watch = thread.Watch(Signal.Handle, this);
            Signal.Set();
        }

        internal void Close(ServingThread thread) => thread.Unwatch(_watch, Signal.Handle);
    }
}
