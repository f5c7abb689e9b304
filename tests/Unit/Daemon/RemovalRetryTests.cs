using System.Threading.Channels;
using Microsoft.Extensions.Logging.Abstractions;
using Net.Cnm.DesiredState;
using Net.Controller.Recovery;
using Net.Daemon;

namespace Net.Tests.Unit.Daemon;

/// <summary>How often what could not be done is tried again.</summary>
public sealed class RemovalRetryTests
{
    private static readonly StateDifference Nothing = new([], [], [], [], []);
    private static readonly MendingReport NotDone = new(Nothing, Nothing, ["not yet"]) { IsDone = false };

    [Fact]
    public async Task The_interval_grows_and_a_new_report_begins_with_a_second_again()
    {
        var time = new AnnouncedTime();
        int attempts = 0;
        await using var retry = new RemovalRetry(
            _ =>
            {
                attempts++;
                return Task.FromResult(NotDone);
            },
            NullLogger.Instance,
            time);
        retry.Report();
        Assert.Equal(1, await time.PassAsync());
        Assert.Equal(2, await time.PassAsync());
        Assert.Equal(4, await time.PassAsync());
        Assert.Equal(8, await time.NextAsync());
        Assert.Equal(3, attempts);
        retry.Report();
        Assert.Equal(1, await time.PassAsync());
        Assert.Equal(2, await time.PassAsync());
    }

    /// <summary>A clock that says which wait comes next, and lets it pass when it is told to.</summary>
    private sealed class AnnouncedTime : TimeProvider
    {
        private readonly Channel<Waiting> _waits =
            Channel.CreateUnbounded<Waiting>();

        private Waiting? _next;

        /// <summary>The length in seconds of the wait that comes next.</summary>
        public async Task<int> NextAsync()
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
            do
            {
                _next = await _waits.Reader.ReadAsync(limit.Token);
            }
            while (_next.IsDisposed);
            return (int)_next.Due.TotalSeconds;
        }

        /// <summary>As <see cref="NextAsync"/>, and lets it pass.</summary>
        public async Task<int> PassAsync()
        {
            int seconds = await NextAsync();
            _next!.Pass();
            return seconds;
        }

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var waiting = new Waiting(callback, state, dueTime);
            Assert.True(_waits.Writer.TryWrite(waiting));
            return waiting;
        }

        private sealed class Waiting(TimerCallback callback, object? state, TimeSpan due) : ITimer
        {
            public TimeSpan Due => due;

            public bool IsDisposed { get; private set; }

            public void Pass() => callback(state);

            public bool Change(TimeSpan dueTime, TimeSpan period) => true;

            public void Dispose() => IsDisposed = true;

            public ValueTask DisposeAsync()
            {
                Dispose();
                return ValueTask.CompletedTask;
            }
        }
    }
}
