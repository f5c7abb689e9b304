using Net.Cnm.Identifiers;
using Net.Cnm.Sandboxes;
using Net.Controller.Rules;

namespace Net.Tests.Unit.Controller;

public sealed class EndRuleTests
{
    [Fact]
    public void What_an_operation_goes_on_with_comes_before_the_policy_and_before_the_removal_that_was_asked_for()
    {
        Sandbox ended = Ended() with { RestartPolicy = new() { Kind = RestartKind.Always } };
        Assert.True(EndRule.AfterEnd(ended).IsRestarting);
        Assert.False(EndRule.AfterEnd(ended with { EndedFor = EndPurpose.Removal }).IsRestarting);
        Sandbox restarted = EndRule.AfterEnd(Ended() with { EndedFor = EndPurpose.Restart, StoppedByUser = true, RestartCount = 7 });
        Assert.Equal((true, false, 0, 0),
            (restarted.IsRestarting, restarted.StoppedByUser, restarted.RestartCount, restarted.RestartDelay));
        Assert.False(EndRule.IsToGo(Ended()));
        Assert.True(EndRule.IsToGo(Ended() with { AutoRemove = true }));
        Assert.False(EndRule.IsToGo(Ended() with { AutoRemove = true, EndedFor = EndPurpose.Restart }));
        Assert.True(EndRule.IsToGo(Ended() with { EndedFor = EndPurpose.Removal }));
        Assert.False(EndRule.IsToGo(Ended() with { EndedFor = EndPurpose.Removal, State = SandboxState.Running }));
        Assert.False(RestartRule.StartsWithDaemon(ended with { EndedFor = EndPurpose.Removal }));
    }

    private static Sandbox Ended() => new()
    {
        Id = SandboxId.New(),
        Name = "web",
        HostName = "web",
        Created = DateTimeOffset.UnixEpoch,
        State = SandboxState.Exited,
        ExitCode = 0,
    };
}
