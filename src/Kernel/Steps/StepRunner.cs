using Net.Cnm.DesiredState;
using Net.Cnm.Errors;
using Net.Kernel.Errors;
using Net.Kernel.Sessions;
using Net.Kernel.Sysctls;
using Net.Linux;
using Net.Netlink;

namespace Net.Kernel.Steps;

/// <summary>Carries out steps phase by phase and records the inverse of each; stops at the first that fails.</summary>
internal sealed class StepRunner(KernelSession session, UndoLog undo)
{
    /// <summary>The step that failed, or null.</summary>
    public Step? Failed { get; private set; }

    /// <summary>Carries out all steps, in the order of <see cref="ApplyPhases.Runs"/> and, within a phase, in the order given.</summary>
    /// <exception cref="CnmException">A step failed; what was done before is in the undo log.</exception>
    public void Run(IReadOnlyCollection<Step> steps)
    {
        foreach ((ApplyPhase first, ApplyPhase last) in ApplyPhases.Runs)
        {
            Step[] run = [.. steps.Where(step => step.Phase >= first && step.Phase <= last).OrderBy(step => step.Phase)];
            foreach (ActionStep step in run.OfType<ActionStep>())
            {
                Do(step);
            }

            foreach (IGrouping<NamespaceRef, SettingStep> settings in run.OfType<SettingStep>().GroupBy(step => step.Namespace))
            {
                Write(settings.Key, [.. settings]);
            }

            foreach (IGrouping<NamespaceRef, NetlinkStep> requests in run.OfType<NetlinkStep>().GroupBy(step => step.Namespace))
            {
                Send(requests.Key, [.. requests]);
            }
        }
    }

    private void Do(ActionStep step)
    {
        Failed = step;
        try
        {
            if (step.Do(session) is { } inverse)
            {
                undo.Push(ObjectWords.Of(step.Subject), inverse);
            }

            Failed = null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw KernelErrors.Translate(error, step.Subject);
        }
    }

    private void Write(NamespaceRef where, SettingStep[] steps)
    {
        int at = 0;
        try
        {
            session.Visit(where, () =>
            {
                for (; at < steps.Length; at++)
                {
                    Write(steps[at]);
                }

                return true;
            });
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Failed = steps[Math.Min(at, steps.Length - 1)];
            throw KernelErrors.Translate(error, Failed.Subject);
        }
    }

    private void Write(SettingStep step)
    {
        if (step.Undoable)
        {
            string prior = SettingFile.Read(step.Path);
            if (prior == step.Value)
            {
                return;
            }

            step.Remember?.Invoke(prior);
            undo.Push($"setting {step.Path}", () => session.Visit(step.Namespace, () => SettingFile.Write(step.Path, prior)));
        }

        SettingFile.Write(step.Path, step.Value);
    }

    private void Send(NamespaceRef where, NetlinkStep[] steps)
    {
        NetlinkRequest[] requests;
        NetlinkConnection connection;
        try
        {
            connection = session.Connection(where);
            session.Resolve(where, steps.Select(step => step.Link).OfType<string>());
            requests = Array.ConvertAll(steps, step => step.Request(session, IndexFor(step)));
        }
        catch (Exception error) when (error is LinuxException or NetlinkException)
        {
            Failed = steps[0];
            throw KernelErrors.Translate(error, Failed.Subject);
        }

        IReadOnlyList<PipelineResult> results = connection.Pipeline(requests);
        CnmException? failure = null;
        for (int i = 0; i < steps.Length; i++)
        {
            // The kernel carries out the requests after a refused one too, so the results of all are read and their inverses recorded.
            if (Settle(steps[i], results[i], connection) is { } refused)
            {
                Failed = failure is null ? steps[i] : Failed;
                failure ??= refused;
            }
        }

        if (failure is not null)
        {
            throw failure;
        }
    }

    private CnmException? Settle(NetlinkStep step, PipelineResult result, NetlinkConnection connection)
    {
        bool made = result.Error is null;
        if (result.Error is { } refusal)
        {
            try
            {
                switch (step.OnRefusal?.Invoke(session, refusal))
                {
                    case null:
                        return KernelErrors.Translate(refusal, step.Subject);
                    case bool cured:
                        made = cured;
                        break;
                }
            }
            catch (Exception error) when (error is CnmException or LinuxException or NetlinkException)
            {
                return KernelErrors.Translate(error, step.Subject);
            }
        }
        else
        {
            step.OnMade?.Invoke(session, result);
        }

        if (made && step.Inverse is { } inverse)
        {
            NetlinkRequest request = inverse(session, IndexFor(step));
            undo.Push(request.Operation, () => connection.Execute(request));
        }

        return null;
    }

    private int IndexFor(NetlinkStep step)
    {
        if (step.Link is not { } link)
        {
            return 0;
        }

        if (step.RequiresOwnLink && session.IsForeign(step.Namespace, link))
        {
            Failed = step;
            throw new CnmException(
                CnmErrorKind.Conflict,
                $"{ObjectWords.Of(step.Subject)}: {link} is a device this daemon did not create; remove that device, and netctl doctor " +
                "--fix makes ours");
        }

        if (session.IndexOf(step.Namespace, link) is { } index)
        {
            return index;
        }

        Failed = step;
        throw new CnmException(
            CnmErrorKind.Unavailable,
            $"{ObjectWords.Of(step.Subject)}: link {link} is not there; netctl doctor --fix makes again what is missing");
    }
}
