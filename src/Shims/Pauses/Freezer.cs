using Net.Linux.Cgroups;
using Net.Linux.Processes;
using Net.Shims.States;

namespace Net.Shims.Pauses;

/// <summary>Holds up processes by the freezer of a control group of our own. It is directly below the group that the shim is in, so the
/// processes still count there; they are moved into it to be held up and moved back to go on.</summary>
/// <param name="group">The control group.</param>
internal sealed class Freezer(ControlGroup group) : IPauseMethod
{
    /// <summary>The group for a sandbox, which may not exist yet.</summary>
    /// <param name="record">What the shim recorded.</param>
    /// <param name="name">The name of the group.</param>
    /// <returns>Null where there is no unified hierarchy, or a process of the sandbox is in a group that somebody else has made for
    /// it.</returns>
    internal static ControlGroup? GroupFor(ShimRecord record, string name)
    {
        string? own = ControlGroup.PathOf(record.Shim.Id);
        return SandboxTree.Read(record).Any(process => ControlGroup.PathOf(process.Id) is { } path && path != own)
            ? null
            : ControlGroup.Of(record.Shim.Id)?.Child(name);
    }

    /// <summary>Makes the group and holds up the first of the processes.</summary>
    /// <returns>Whether that was possible: the hierarchy can be written to, the kernel (from 5.2 on) has a freezer in it, and the group
    /// takes processes, as one below a threaded group does not.</returns>
    internal static bool TryMake(ControlGroup group, ShimRecord record)
    {
        try
        {
            group.Create();
            group.Freeze();
            if (SandboxTree.Read(record) is [var first, ..])
            {
                group.Add(first.Id);
            }

            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            group.TryRemove();
            return false;
        }
    }

    /// <inheritdoc/>
    /// <remarks>The group is frozen before it has processes, and whatever one of them starts is in the group too.</remarks>
    public bool TryHold(ShimRecord record)
    {
        group.Create();
        group.Freeze();
        HashSet<int> inside = [.. group.ProcessIds];
        bool allAreInside = true;
        foreach (ProcessStatus process in SandboxTree.Read(record).Where(process => !inside.Contains(process.Id)))
        {
            allAreInside = false;
            group.Add(process.Id);
        }

        return allAreInside && (inside.Count == 0 || group.IsFrozen);
    }

    /// <inheritdoc/>
    public bool TryRelease(ShimRecord record)
    {
        if (!group.Exists)
        {
            return true;
        }

        group.Thaw();
        ControlGroup parent = group.Parent();
        foreach (int process in group.ProcessIds)
        {
            parent.Add(process);
        }

        return group.TryRemove();
    }

    /// <inheritdoc/>
    public void Forget() => group.TryRemove();
}
