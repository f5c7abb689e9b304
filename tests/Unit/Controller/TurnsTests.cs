using Net.Controller.Lifecycles;

namespace Net.Tests.Unit.Controller;

/// <summary>Turns of several objects at once: all or none of them are held, and nobody waits without end.</summary>
public sealed class TurnsTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly Turns<string> _turns = new();

    [Fact]
    public async Task Who_waits_for_all_holds_none_meanwhile()
    {
        var life = new TaskCompletionSource();
        Task busy = _turns.RunAsync("b", async () => await life.Task.ContinueWith(_ => true, TaskScheduler.Default), default);
        Task<int> all = RunAllAsync(["a", "b", "c"], Patience, default);
        Assert.Equal(1, await _turns.RunAsync("a", () => Task.FromResult(1), default).WaitAsync(Patience));
        Assert.Equal(2, await _turns.RunAsync("c", () => Task.FromResult(2), default).WaitAsync(Patience));
        Assert.False(all.IsCompleted);
        life.SetResult();
        await busy;
        Assert.Equal(7, await all.WaitAsync(Patience));
    }

    [Fact]
    public async Task Nothing_begins_while_all_are_held()
    {
        var life = new TaskCompletionSource();
        Task<int> all = _turns.RunAllAsync(
            ["a", "b"],
            async () =>
            {
                await life.Task;
                return 7;
            },
            Patience,
            key => new InvalidOperationException(key),
            default);
        Task<int> one = _turns.RunAsync("b", () => Task.FromResult(1), default);
        Assert.False(one.IsCompleted);
        life.SetResult();
        Assert.Equal((7, 1), (await all, await one.WaitAsync(Patience)));
    }

    [Fact]
    public async Task A_limit_names_who_is_busy_and_a_cancellation_ends_the_waiting()
    {
        var life = new TaskCompletionSource();
        Task busy = _turns.RunAsync("b", async () => await life.Task.ContinueWith(_ => true, TaskScheduler.Default), default);
        InvalidOperationException refused = await Assert.ThrowsAsync<InvalidOperationException>(
            () => RunAllAsync(["a", "b"], TimeSpan.FromMilliseconds(20), default));
        Assert.Equal("b", refused.Message);
        using var gone = new CancellationTokenSource();
        Task<int> waiting = RunAllAsync(["a", "b"], Patience, gone.Token);
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        life.SetResult();
        await busy;
        Assert.Equal(7, await RunAllAsync(["a", "b"], Patience, default));
    }

    [Fact]
    public async Task Very_many_take_no_stack() =>
        Assert.Equal(7, await RunAllAsync([.. Enumerable.Range(0, 100_000).Select(i => $"{i}")], Patience, default));

    private Task<int> RunAllAsync(string[] keys, TimeSpan limit, CancellationToken cancellationToken) =>
        _turns.RunAllAsync(keys, () => Task.FromResult(7), limit, key => new InvalidOperationException(key), cancellationToken);
}
