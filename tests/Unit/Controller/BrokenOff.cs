using Net.Cnm.Identifiers;
using Net.Cnm.Processes;
using Net.Cnm.Sandboxes;
using Net.Controller.Models;
using Net.Controller.Requests;

namespace Net.Tests.Unit.Controller;

/// <summary>Operations that are broken off with their daemon.</summary>
internal static class BrokenOff
{
    /// <summary>As a daemon leaves it that is killed after it has stored what is to follow the end.</summary>
    public static async Task BreakOffAsync(ControllerUnderTest test, SandboxId id, EndPurpose purpose, bool ended)
    {
        await BreakOffAsync(test, id, purpose, now => now);
        if (ended)
        {
            test.Processes.End(id, 0);
        }
    }

    /// <summary>As a daemon leaves it that is killed later, in the start that follows.</summary>
    public static async Task BreakOffAsync(ControllerUnderTest test, SandboxId id, EndPurpose purpose, Func<Sandbox, Sandbox> later)
    {
        var edit = new ModelEdit(test.StoredAsItIs());
        edit.Put(later(edit.Now[id] with { EndedFor = purpose }));
        test.Store.Save(edit.ToChange());
        await test.RestartAsync();
    }

    /// <summary>A container with a command that runs.</summary>
    public static async Task<SandboxId> RunAsync(ControllerUnderTest test, SandboxRestartPolicy? policy)
    {
        SandboxCreated created = await test.Controller.CreateSandbox(new SandboxCreateRequest
        {
            Name = "web",
            RestartPolicy = policy,
            Process = new ProcessConfig { Command = ["true"] },
        }).RunAsync(default);
        await test.Controller.StartSandbox("web", attach: false).RunAsync(default);
        return created.Id;
    }
}
