namespace Net.Cli.Templates;

// The syntax tree of a template. A position is an index into the template's text, for messages.

internal abstract record TemplateNode;

internal sealed record TextNode(string Text) : TemplateNode;

internal sealed record OutputNode(Pipeline Pipeline) : TemplateNode;

/// <summary>An assignment {{$x := pipeline}}, which prints nothing.</summary>
internal sealed record AssignNode(string Variable, Pipeline Pipeline) : TemplateNode;

internal sealed record IfNode(Pipeline Condition, IReadOnlyList<TemplateNode> Then, IReadOnlyList<TemplateNode> Else) : TemplateNode;

internal sealed record WithNode(Pipeline Value, IReadOnlyList<TemplateNode> Then, IReadOnlyList<TemplateNode> Else) : TemplateNode;

internal sealed record RangeNode(
    string? KeyVariable, string? ValueVariable, Pipeline Items, IReadOnlyList<TemplateNode> Body,
    IReadOnlyList<TemplateNode> Else) : TemplateNode;

/// <summary>Commands from left to right. Each gets the value of the previous one as its last argument.</summary>
internal sealed record Pipeline(IReadOnlyList<TemplateCommand> Commands);

/// <summary>A function or value with its arguments.</summary>
internal sealed record TemplateCommand(Operand Head, IReadOnlyList<Operand> Arguments);

internal abstract record Operand(int Position);

/// <summary>A path of fields from the dot, the root, a variable or a value in parentheses.</summary>
internal sealed record PathOperand(int Position, Operand? From, IReadOnlyList<string> Fields) : Operand(Position);

internal sealed record VariableOperand(int Position, string Name) : Operand(Position);

internal sealed record TextOperand(int Position, string Value) : Operand(Position);

internal sealed record NumberOperand(int Position, long Value) : Operand(Position);

internal sealed record TruthOperand(int Position, bool Value) : Operand(Position);

internal sealed record FunctionOperand(int Position, string Name) : Operand(Position);

internal sealed record GroupOperand(int Position, Pipeline Pipeline) : Operand(Position);
