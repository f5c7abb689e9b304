using Net.Cnm.DesiredState;

namespace Net.Kernel.Steps;

/// <summary>A step that writes one file below /proc/sys in a namespace.</summary>
internal sealed class SettingStep(ApplyPhase phase, DesiredObject subject, NamespaceRef @namespace, string path, string value)
    : Step(phase, subject, () => IpCommand.WriteSetting(@namespace, path, value))
{
    /// <summary>The namespace.</summary>
    public NamespaceRef Namespace => @namespace;

    /// <summary>The path below /proc/sys, with slashes.</summary>
    public string Path => path;

    /// <summary>What is written.</summary>
    public string Value => value;

    /// <summary>Whether the value before is read, so that undo can put it back. Not needed where undo removes the link itself.</summary>
    public bool Undoable { get; init; }

    /// <summary>Takes the value before, when it is another and before it is overwritten; null for no interest.</summary>
    public Action<string>? Remember { get; init; }
}
