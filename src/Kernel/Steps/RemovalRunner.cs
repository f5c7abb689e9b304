using Net.Cnm.DesiredState;
using Net.Cnm.Errors;
using Net.Kernel.Errors;
using Net.Kernel.Links;
using Net.Kernel.Sessions;
using Net.Kernel.Sysctls;
using Net.Netlink;

namespace Net.Kernel.Steps;

/// <summary>Carries out removals in the reverse order of phases. Never stops at an error; what is gone already counts as removed.</summary>
internal sealed class RemovalRunner(KernelSession session)
{
    private readonly List<string> _failures = [];

    /// <summary>Removes everything that can be removed.</summary>
    /// <returns>What could not be removed, in words.</returns>
    public IReadOnlyList<string> Run(IReadOnlyCollection<Step> steps)
    {
        for (int i = ApplyPhases.Runs.Count - 1; i >= 0; i--)
        {
            (ApplyPhase first, ApplyPhase last) = ApplyPhases.Runs[i];
            Step[] run = [.. steps.Where(step => step.Phase >= first && step.Phase <= last).OrderByDescending(step => step.Phase)];
            foreach (IGrouping<NamespaceRef, NetlinkStep> requests in run.OfType<NetlinkStep>().GroupBy(step => step.Namespace))
            {
                Send(requests.Key, [.. requests]);
            }

            foreach (SettingStep step in run.OfType<SettingStep>())
            {
                Try(step.Subject, () => session.Visit(step.Namespace, () => SettingFile.Write(step.Path, step.Value)));
            }

            // One request for all links of a phase, since the kernel waits some 20 ms for each request that deletes any.
            LinkRemovalStep[] links = [.. run.OfType<LinkRemovalStep>()];
            if (links.Length > 0)
            {
                _failures.AddRange(LinkRemover.Remove(session, links));
            }

            foreach (ActionStep step in run.OfType<ActionStep>())
            {
                Try(step.Subject, () => step.Do(session));
            }
        }

        return _failures;
    }

    private void Send(NamespaceRef where, NetlinkStep[] steps) => Try(steps[0].Subject, () =>
    {
        NetlinkConnection connection = session.Connection(where);
        session.Resolve(where, steps.Select(step => step.Link).OfType<string>());
        NetlinkStep[] present = [.. steps.Where(step => step.Link is not { } link || session.IndexOf(where, link) is not null)];
        IReadOnlyList<PipelineResult> results = connection.Pipeline(
            Array.ConvertAll(present, step => step.Request(session, step.Link is { } link ? session.IndexOf(where, link)!.Value : 0)));
        for (int i = 0; i < present.Length; i++)
        {
            if (results[i].Error is { } error && !KernelErrors.IsAlreadyGone(error))
            {
                _failures.Add($"{ObjectWords.Of(present[i].Subject)}: {error.Message}");
            }
        }

        return true;
    });

    private void Try<T>(DesiredObject subject, Func<T> removal)
    {
        try
        {
            removal();
        }
        catch (Exception error) when (KernelErrors.IsAlreadyGone(error))
        {
            // It is gone already, which counts as removed.
        }
        catch (Exception error)
        {
            _failures.Add(error is CnmException
                ? $"{ObjectWords.Of(subject)}: {error.Message}"
                : KernelErrors.Translate(error, subject).Message);
        }
    }
}
