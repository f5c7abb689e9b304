using Net.Cnm.Errors;
using Net.Cnm.Identifiers;
using Net.Cnm.Sandboxes;
using Net.Controller.Recovery;

namespace Net.Tests.Unit.Controller;

/// <summary>What becomes of operations and ends while the store cannot be written, and afterwards.</summary>
public sealed class FullDiskTests
{
    private static readonly CnmException Refusal = new(CnmErrorKind.Internal, "the kernel refused");

    [Fact]
    public async Task An_end_that_could_not_be_stored_is_tried_again_for_whoever_asks_for_it()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        SandboxId id = (await test.RunAsync("web")).Id;
        Task<int> wait = test.Controller.WaitSandboxAsync("web", default);
        test.Store.IsFull = true;
        test.Processes.End(id, 3);
        Assert.Equal("the disk is full", (await Assert.ThrowsAsync<CnmException>(() => wait)).Message);
        await Assert.ThrowsAsync<CnmException>(() => test.Controller.WaitSandboxAsync("web", default));
        await Assert.ThrowsAsync<CnmException>(() => test.Controller.StopSandbox("web", TimeSpan.Zero, null).RunAsync(default));
        await Assert.ThrowsAsync<CnmException>(() => test.Controller.RemoveSandbox("web", force: true).RunAsync(default));
        Assert.Equal(SandboxState.Running, test.Controller.FindSandbox("web").State);
        Assert.Single(test.Log.Warnings, warning => warning.Contains("is tried again", StringComparison.Ordinal));

        test.Store.IsFull = false;
        Assert.Equal(3, await test.Controller.WaitSandboxAsync("web", default));
        Assert.Equal(SandboxState.Exited, test.Controller.FindSandbox("web").State);
        await test.Controller.RemoveSandbox("web", force: true).RunAsync(default);
    }

    [Fact]
    public async Task An_end_that_could_not_be_stored_is_tried_again_when_nobody_asks()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        SandboxId id = (await test.RunAsync("web", autoRemove: true)).Id;
        Task<int> wait = test.Controller.WaitSandboxAsync("web", default);
        test.Store.IsFull = true;
        test.Processes.End(id, 3);
        await Assert.ThrowsAsync<CnmException>(() => wait);
        test.Store.IsFull = false;

        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (test.Controller.Sandboxes.Count > 0 || !test.Processes.Forgotten.Contains(id))
        {
            await Task.Delay(20, limit.Token);
        }
    }

    [Fact]
    public async Task Nothing_is_ended_whose_end_could_not_be_stored()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        SandboxId id = (await test.RunAsync("web")).Id;
        test.Store.IsFull = true;
        foreach (Func<Task> refused in (Func<Task>[])
            [
                () => test.Controller.StopSandbox("web", TimeSpan.Zero, null).RunAsync(default),
                () => test.Controller.RemoveSandbox("web", force: true).RunAsync(default),
                () => test.Controller.ResetAsync(default),
            ])
        {
            Assert.Equal("the disk is full", (await Assert.ThrowsAsync<CnmException>(refused)).Message);
            Assert.True(test.Processes.IsAlive(id));
            Assert.Equal(SandboxState.Running, test.Controller.FindSandbox("web").State);
        }

        test.Store.IsFull = false;
        await test.Controller.RemoveSandbox("web", force: true).RunAsync(default);
        Assert.False(test.Processes.IsAlive(id));
    }

    [Fact]
    public async Task What_the_kernel_refused_while_the_disk_was_full_is_not_in_the_store_after_the_next_change()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        test.Engine.Refuse = _ =>
        {
            test.Store.IsFull = true;
            return Refusal;
        };
        Assert.Same(Refusal, await Assert.ThrowsAsync<CnmException>(() => test.NetworkAsync("front")));

        test.Engine.Refuse = _ => null;
        test.Store.IsFull = false;
        await test.NetworkAsync("back");
        Assert.Equal(
            ControllerUnderTest.Text(test.Controller.Snapshot), ControllerUnderTest.Text(test.Stored()));
        Assert.DoesNotContain(test.Stored().Networks, network => network.Name == "front");
    }

    [Fact]
    public async Task Recovery_goes_as_far_as_reading_does()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        SandboxId running = (await test.RunAsync("running")).Id;
        SandboxId ended = (await test.RunAsync("ended")).Id;
        await test.RestartAsync();
        test.Processes.End(ended, 5);
        test.Store.IsFull = true;
        RecoverySummary summary = await test.Controller.RecoverAsync(default);
        Assert.Equal(["the disk is full"], summary.Problems);
        Assert.Equal((1, 1), (summary.Running, summary.Exited));
        Assert.Equal(SandboxState.Running, test.Controller.FindSandbox("running").State);

        test.Store.IsFull = false;
        Assert.Equal(5, await test.Controller.WaitSandboxAsync("ended", default));
        Assert.Equal(SandboxState.Exited, test.Controller.FindSandbox("ended").State);
        Assert.True(test.Processes.IsAlive(running));
    }
}
