package dev.berth.core;

/** Which cloud function 云函数 of which environment. */
public record FunctionId(String environmentId, String name) {
    public FunctionId {
        Names.requireEnvironmentId(environmentId);
        Names.requireFunctionName(name);
    }

    @Override
    public String toString() {
        return environmentId + "/" + name;
    }
}
