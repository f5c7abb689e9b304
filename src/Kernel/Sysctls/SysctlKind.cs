using Net.Cnm.DesiredState;
using Net.Kernel.Observations;
using Net.Kernel.Steps;

namespace Net.Kernel.Sysctls;

/// <summary>Kernel settings. Adopted ones are written too; the previous value is stored first, and only a reset restores it.</summary>
internal sealed class SysctlKind(AdoptedSettings adopted) : ObjectKind<SysctlObject>
{
    /// <inheritdoc/>
    protected override bool IsOurs(DesiredObject desired) => true;

    /// <inheritdoc/>
    protected override IEnumerable<Step> Add(SysctlObject desired) =>
    [
        new SettingStep(
            desired.Link is null ? ApplyPhase.Settings : ApplyPhase.LinkSettings, desired, desired.Namespace, desired.Path, desired.Value)
        {
            Link = desired.Link,
            Undoable = true,
            Remember = desired is { Ownership: Ownership.Adopted, Namespace.IsHost: true } ? before =>
                adopted.Remember(desired.Path, before, desired.Value) : null,
        },
    ];

    /// <inheritdoc/>
    protected override IEnumerable<Step> Replace(SysctlObject from, SysctlObject to) => from.Value == to.Value ? [] : Add(to);

    /// <summary>No steps: an owned setting goes with its link or namespace, an adopted one stays until a reset.</summary>
    /// <inheritdoc/>
    protected override IEnumerable<Step> Remove(SysctlObject desired, RemovalScope scope) => [];

    /// <inheritdoc/>
    protected override void Diff(IReadOnlyList<SysctlObject> desired, ObservedKernel kernel, DifferenceBuilder difference)
    {
        foreach (SysctlObject setting in desired)
        {
            string? value = kernel.Of(setting.Namespace)?.Setting(setting.Path);
            if (value is null)
            {
                difference.Missing(setting);
            }
            else if (value != setting.Value)
            {
                difference.Different(setting, [$"it is {value}"]);
            }
        }
    }
}
