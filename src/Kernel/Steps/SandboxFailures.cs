using Net.Cnm.DesiredState;
using Net.Cnm.Errors;
using Net.Kernel.Errors;

namespace Net.Kernel.Steps;

/// <summary>Tells the failures of a change that are a container's own doing from all others: what it has done to its namespace must not
/// keep an operation from succeeding. A namespace that the change itself makes is as the change made it, so nothing in it is
/// excused.</summary>
internal sealed class SandboxFailures(StateChange change)
{
    private readonly HashSet<string?> _fresh =
        [.. change.Add.Where(IsNamespace).SelectMany(sandbox => sandbox.Places).Select(place => place.Namespace.Path)];

    private readonly HashSet<OwnerId> _freshOwners = [.. change.Add.Where(IsNamespace).Select(sandbox => sandbox.Owner)];

    private readonly HashSet<DesiredObject> _new = [.. change.Add.OfType<LinkObject>()];

    /// <summary>Whether the step failed because of what a container has done to its own namespace or files.</summary>
    public bool Excuse(Step step, Exception error) => step switch
    {
        NetlinkStep { Namespace.IsHost: false } inside => !_fresh.Contains(inside.Namespace.Path),
        SettingStep { Namespace.IsHost: false } inside => !_fresh.Contains(inside.Namespace.Path),
        _ => step.Subject switch
        {
            _ when !_new.Contains(step.Subject) && IsGoneWithItsTaker(step.Subject, error) => true,

            // Its host end goes with the container's end; and the name of that end may be taken in there. A new link gets another name.
            LinkObject link => IsInSandbox(link)
                && (KernelErrors.IsAlreadyGone(error) || (IsNameTakenInside(error) && !_new.Contains(link))),
            ResolverListener resolver => !_fresh.Contains(resolver.Namespace.Path),
            NamespaceName name => !_fresh.Contains(name.Namespace.Path),
            SandboxFile file => !_freshOwners.Contains(file.Owner),
            _ => false,
        },
    };

    /// <summary>Whether the step failed because a link that another program has taken over is gone: it goes with the namespace that it was
    /// taken to, often before that program says so. Nothing is left to do for it.</summary>
    public static bool IsGoneWithItsTaker(DesiredObject subject, Exception error) =>
        subject.Ownership == Ownership.HandedOver && KernelErrors.IsAlreadyGone(error);

    private static bool IsNamespace(DesiredObject desired) => desired is NamespaceObject or AdoptedNamespace;

    private bool IsInSandbox(LinkObject link) =>
        link.Places.Any(place => !place.Namespace.IsHost && !_fresh.Contains(place.Namespace.Path));

    private static bool IsNameTakenInside(Exception error) =>
        error is CnmException { Kind: CnmErrorKind.Conflict, InnerException: LinkNameTakenException };
}
