using Net.Cnm.DesiredState;
using Net.Cnm.Errors;
using Net.Cnm.Identifiers;
using Net.Cnm.Sandboxes;

namespace Net.Tests.Unit.Controller;

/// <summary>Renames, restarts and signals, on values alone.</summary>
public sealed class LifecycleTests
{
    [Fact]
    public async Task A_rename_is_stored_and_gives_the_old_name_free()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        SandboxId id = (await test.RunAsync("web")).Id;

        Assert.Equal("shop", (await test.Controller.RenameSandbox("web", "/shop").RunAsync(default)).Name);

        Assert.Equal(id, test.Stored().FindSandbox("shop").Id);
        Assert.Equal("shop", test.Object<NamespaceName>("namespace-name:shop").Name);
        await test.RunAsync("web");
        CnmException taken = await Assert.ThrowsAsync<CnmException>(() => test.Controller.RenameSandbox("web", "shop").RunAsync(default));
        Assert.Equal(CnmErrorKind.Conflict, taken.Kind);
        Assert.Contains($"already in use by container \"{id}\"", taken.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_restart_keeps_a_container_that_its_end_removes()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        SandboxId id = (await test.RunAsync("web", autoRemove: true)).Id;

        await test.Controller.RestartSandboxAsync("web", TimeSpan.Zero, signal: null);

        Assert.Equal(SandboxState.Running, test.Controller.FindSandbox("web").State);
        Assert.Equal(2, test.Processes.Started.Count);
        test.Processes.End(id, 0);
        await test.Controller.WatchExit(id)();
        Assert.Empty(test.Controller.Sandboxes);
    }

    // The end of the command and the end of the time come together in some of so many.
    [Fact]
    public async Task A_command_that_ends_just_as_its_time_is_over_is_stopped()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        await test.RunAsync("web");
        var random = new Random(1);
        test.Processes.BeforeEnd = () =>
        {
            int turns = random.Next(1000);
            return Task.Run(() => Thread.SpinWait(turns));
        };

        for (int round = 0; round < 300; round++)
        {
            await test.Controller.RestartSandboxAsync("web", TimeSpan.Zero, signal: null);
        }

        Assert.Equal(SandboxState.Running, test.Controller.FindSandbox("web").State);
    }

    [Fact]
    public async Task A_restart_whose_start_fails_removes_a_container_that_its_end_removes()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        await test.RunAsync("web", autoRemove: true);
        await test.RunAsync("app");
        test.Processes.RefuseStart = new CnmException(CnmErrorKind.CommandNotFound, "no such command");

        await Assert.ThrowsAsync<CnmException>(() => test.Controller.RestartSandboxAsync("web", TimeSpan.Zero, signal: null));
        await Assert.ThrowsAsync<CnmException>(() => test.Controller.RestartSandboxAsync("app", TimeSpan.Zero, signal: null));

        Assert.Equal("app", Assert.Single(test.Controller.Sandboxes).Name);
        Assert.Equal(SandboxState.Exited, test.Controller.FindSandbox("app").State);
    }
}
